# The translations once more where a program finds them that was not installed: beside it in
# po/locale. The .gmo files come with a distribution; po/Makefile by itself makes them anew only when
# a message of the sources changes, not when a translation does.
all-local:
	@test '$(USE_NLS)' = no || (cd po && $(MAKE) $(AM_MAKEFLAGS) update-gmo)
	@sed 's/#.*//' $(srcdir)/po/LINGUAS | tr ' ' '\n' | while read -r lang; do \
		made=$(srcdir)/po/$$lang.gmo; \
		dir=po/locale/$$lang/LC_MESSAGES; \
		test -f "$$made" || continue; \
		cmp -s $$made $$dir/$(PACKAGE).mo && continue; \
		$(MKDIR_P) $$dir && cp $$made $$dir/new && mv -f $$dir/new $$dir/$(PACKAGE).mo || exit 1; \
	done

CLEANFILES += po/locale/*/LC_MESSAGES/*.mo
