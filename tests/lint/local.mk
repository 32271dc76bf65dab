# What can be read off the sources: layers, style, words, man pages, scripts; and what the shells complete. Each script also
# checks itself.
lint_tests = %D%/completion %D%/layers %D%/manpages %D%/shell %D%/style %D%/words
EXTRA_DIST += %D%/lib.sh
dist_check_SCRIPTS += $(lint_tests)
# Once is enough, whatever the compiler.
if !ASAN
if !TSAN
TESTS += $(lint_tests)
endif
endif
