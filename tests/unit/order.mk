# Unit tests of src/order/, see local.mk.
unit_tests += \
	%D%/test_form \
	%D%/test_order \
	%D%/test_urgency
