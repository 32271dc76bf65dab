# Unit tests of src/net/, see local.mk.
