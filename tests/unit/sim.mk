# Unit tests of sim/, see local.mk.
