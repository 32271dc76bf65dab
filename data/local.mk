# The example of the settings, where documentation goes.
exampledir = $(docdir)/examples
dist_example_DATA = %D%/duken.conf
# A program that is not installed finds them beside itself: configure links them.
themesdir = $(pkgdatadir)/themes
dist_themes_DATA = %D%/themes/contrast.theme %D%/themes/default.theme %D%/themes/mono.theme
# What each shell looks for, where it looks.
bashcompdir = $(datadir)/bash-completion/completions
dist_bashcomp_DATA = %D%/bash/duken
zshcompdir = $(datadir)/zsh/site-functions
dist_zshcomp_DATA = %D%/zsh/_duken
fishcompdir = $(datadir)/fish/vendor_completions.d
dist_fishcomp_DATA = %D%/fish/duken.fish
desktopdir = $(datadir)/applications
dist_desktop_DATA = %D%/duken.desktop
