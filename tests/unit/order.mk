# Unit tests of src/order/, see local.mk.
unit_tests += \
	%D%/test_form \
	%D%/test_order \
	%D%/test_phrase \
	%D%/test_pick \
	%D%/test_pick_write \
	%D%/test_report \
	%D%/test_urgency
