# Unit tests of src/desk/, see local.mk.
