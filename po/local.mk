# Translations. Each is compiled into po/locale, where a program finds it that was not installed
# (po/locale beside it), and installed from there.
#
#	make update-po		brings what is new in the sources into every po file, to be translated
#
# A new language: its po file, and its lines below.
po_xgettext_options = --language=C --keyword=_ --keyword=N_ --add-comments=TRANSLATORS: \
	--from-code=UTF-8 --add-location=file

po_languages = ru kk
EXTRA_DIST += %D%/POTFILES.in %D%/ru.po %D%/kk.po

rulocaledir = $(localedir)/ru/LC_MESSAGES
nodist_rulocale_DATA = %D%/locale/ru/LC_MESSAGES/duken.mo
%D%/locale/ru/LC_MESSAGES/duken.mo: %D%/ru.po
	$(po_compile)

kklocaledir = $(localedir)/kk/LC_MESSAGES
nodist_kklocale_DATA = %D%/locale/kk/LC_MESSAGES/duken.mo
%D%/locale/kk/LC_MESSAGES/duken.mo: %D%/kk.po
	$(po_compile)

po_compile = $(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) -c -o $@ $<
CLEANFILES += $(nodist_rulocale_DATA) $(nodist_kklocale_DATA)

update-po:
	cd $(srcdir) && xgettext $(po_xgettext_options) --package-name=$(PACKAGE) \
		--copyright-holder='The duken developers' -f po/POTFILES.in -o po/duken.pot
	cd $(srcdir)/po && for lang in $(po_languages); do \
		msgmerge --quiet --update --backup=none $$lang.po duken.pot || exit 1; done
