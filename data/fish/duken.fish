# Completion of duken(1) for fish: belongs into ~/.config/fish/completions. The words are those that the program's own
# help names.
function __duken_help
	set -l program (commandline -opc)[1]
	command $program --lang en $argv --help 2>/dev/null
end

function __duken_commands
	__duken_help | string replace -rf '^  ([a-z][a-z-]*) .*' '$1'
end

function __duken_words
	set -l typed (commandline -opc)
	set -l commands (__duken_commands)
	set -l command
	for word in $typed[2..-1]
		if contains -- $word $commands
			set command $word
			break
		end
	end
	set -l help (__duken_help $command)
	set -l last $typed[-1]
	if test "$last" = --queue
		# Asked for one that is not there, it names those of the shop.
		command $typed[1] --lang en $command --queue none 2>&1 | string replace -rf '.*there are: ' '' | string split ', '
		return
	end
	if string match -q -- '--*' $last
		set -l choices (string replace -rf -- "^  $last ([^ ]*\|[^ ]*).*" '$1' $help)
		if test -n "$choices"
			string split '|' $choices
			return
		end
	end
	string replace -rf -- '^  (-[a-z], )?(--[a-z-]+).*' '$2' $help
	if test -n "$command"
		echo --json
		echo --help
	else
		printf '%s\n' $commands
	end
end

complete -c duken -f -a '(__duken_words)'
complete -c duken -l config -r -F
complete -c duken -l state-dir -x -a '(__fish_complete_directories)'
