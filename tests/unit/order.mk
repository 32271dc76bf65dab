# Unit tests of src/order/, see local.mk.
