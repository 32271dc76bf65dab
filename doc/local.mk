dist_man_MANS += %D%/duken.1 %D%/duken.conf.5
