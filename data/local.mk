# The example of the settings, where documentation goes.
exampledir = $(docdir)/examples
dist_example_DATA = %D%/duken.conf
# What each shell looks for, where it looks.
bashcompdir = $(datadir)/bash-completion/completions
dist_bashcomp_DATA = %D%/bash/duken
zshcompdir = $(datadir)/zsh/site-functions
dist_zshcomp_DATA = %D%/zsh/_duken
fishcompdir = $(datadir)/fish/vendor_completions.d
dist_fishcomp_DATA = %D%/fish/duken.fish
desktopdir = $(datadir)/applications
dist_desktop_DATA = %D%/duken.desktop
