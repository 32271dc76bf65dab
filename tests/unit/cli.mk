# Unit tests of cli/, see local.mk.
