# duken-sim as a client sees it. These share the id encoding with it and otherwise only loopback.
SIM_TESTS = %D%/test_sim_api %D%/test_sim_states %D%/test_sim_faults %D%/test_sim_life
sim_wire = %D%/wire.c %D%/wire.h sim/base64.c
tests_sim_test_sim_api_SOURCES = %D%/test_sim_api.c $(sim_wire)
tests_sim_test_sim_api_LDADD = $(TEST_LIBS)
tests_sim_test_sim_states_SOURCES = %D%/test_sim_states.c $(sim_wire)
tests_sim_test_sim_states_LDADD = $(TEST_LIBS)
tests_sim_test_sim_faults_SOURCES = %D%/test_sim_faults.c $(sim_wire)
tests_sim_test_sim_faults_LDADD = $(TEST_LIBS)
tests_sim_test_sim_life_SOURCES = %D%/test_sim_life.c $(sim_wire)
tests_sim_test_sim_life_LDADD = $(TEST_LIBS)
check_PROGRAMS += $(SIM_TESTS)
TESTS += $(SIM_TESTS)
TSAN_TESTS += $(SIM_TESTS)
