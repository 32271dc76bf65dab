# What this folder adds to the one Makefile.
