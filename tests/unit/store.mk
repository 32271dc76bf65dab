# Unit tests of src/store/, see local.mk.
