# The example of the settings, where documentation goes.
exampledir = $(docdir)/examples
dist_example_DATA = %D%/duken.conf %D%/duken.bash
