dist_man_MANS += %D%/duken.1 %D%/duken.conf.5
# In the folders where man(1) looks for the language of its user.
ruman1dir = $(mandir)/ru/man1
dist_ruman1_DATA = %D%/ru/duken.1 %D%/ru/duken-sim.1
ruman5dir = $(mandir)/ru/man5
dist_ruman5_DATA = %D%/ru/duken.conf.5
dist_doc_DATA = %D%/keystrokes.md
# Shown by README.md.
EXTRA_DIST += %D%/pictures
