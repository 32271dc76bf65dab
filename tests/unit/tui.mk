# Unit tests of tui/, see local.mk.
