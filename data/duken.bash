# Completion of duken(1) for bash: source it, or put it into /usr/share/bash-completion/completions.
_duken()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local global="--config --shop --state-dir --lang --read-only --help --version"
	local commands="demo sync orders show report journal doctor config accept cancel complete assemble"
	local queues="new to_sign returns with_courier hand_over preorders pack pickup own_delivery archive"
	local command="" word

	for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
		case " $commands " in *" $word "*) command=$word; break ;; esac
	done
	case $prev in
	--config) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--state-dir) COMPREPLY=($(compgen -d -- "$cur")); return ;;
	--lang) COMPREPLY=($(compgen -W "ru kk en" -- "$cur")); return ;;
	--queue) COMPREPLY=($(compgen -W "$queues" -- "$cur")); return ;;
	--reason) COMPREPLY=($(compgen -W "buyer not-reachable out-of-stock" -- "$cur")); return ;;
	esac
	case $command in
	"") word="$global $commands" ;;
	demo) word="--orders --speed" ;;
	sync) word="--full --json" ;;
	orders) word="--queue --state --search --since --limit --json" ;;
	show) word="--fresh --json" ;;
	report) word="--day --week --month --csv --json" ;;
	journal) word="verify --open --since --expect --json" ;;
	config) word="check path init --json" ;;
	cancel) word="--reason --comment --json" ;;
	complete) word="--code --json" ;;
	assemble) word="--spaces --json" ;;
	*) word="--json" ;;
	esac
	COMPREPLY=($(compgen -W "$word" -- "$cur"))
}
complete -F _duken duken
