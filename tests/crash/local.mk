# Tests of this folder: programs to check_PROGRAMS, scripts to dist_check_SCRIPTS, both to TESTS.
