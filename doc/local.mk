dist_man_MANS += %D%/duken.1 %D%/duken.conf.5
dist_doc_DATA = %D%/keystrokes.md
