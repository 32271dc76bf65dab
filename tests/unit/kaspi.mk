# Unit tests of src/kaspi/, see local.mk.
