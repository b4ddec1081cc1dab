import {everywhere, named, valueFlags, type Entry} from './entries.js';
import {cases, programCases, valueCases, wordCases} from './cases.js';
import type {Offer} from './offered.js';

/**
For bash 3.2 and later, so for that of macOS too: no associative arrays, no mapfile.
*/
export const bashScript = (entries: readonly Entry[]): string =>
	`# Completions of tollgate for bash, made by: tollgate completion bash

_tollgate_live() {
	tollgate completion \${home:+--home "$home"} --values "$1" 2>/dev/null
}

_tollgate() {
	local cur=\${COMP_WORDS[COMP_CWORD]} name='' before='' pending='' home='' word offers='' folders='' i at=-1
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=\${COMP_WORDS[i]}
		if [[ -n $pending ]]; then
			[[ $word == '=' ]] && continue
			[[ $pending == --home ]] && home=\${word/#\\~\\//$HOME/}
			pending=''
			continue
		fi

		case $word in
			--)
				case $name in
${programCases(entries, '_tollgate_program $((i + 1))')}
				esac
				return
				;;
			${valueFlags(entries).join(' | ')}) pending=$word ;;
			-* | '=') ;;
			*)
				[[ -z $name ]] && name=$word
				before=$word
				at=$((at + 1))
				;;
		esac
	done

	[[ $cur == '=' ]] && cur=''
	if [[ -n $pending ]]; then
		case "$name $pending" in
${valueCases(entries, offering)}
		esac
	elif [[ $cur == -* ]]; then
		case $name in
${cases(
	entries.map(({name, flags}) => [
		`'${name}'`,
		`offers='${[...flags, ...everywhere].map(({flag}) => flag).join(' ')}'`,
	]),
)}
		esac
	elif [[ -z $name ]]; then
		offers='${named(entries)
			.map(({name}) => name)
			.join(' ')}'
	else
		case "$name $at $before" in
${wordCases(entries, offering)}
		esac
	fi

	if [[ -n $folders ]]; then
		compopt -o filenames 2>/dev/null
		local IFS=$'\\n'
		COMPREPLY=($(compgen -d -- "$cur"))
	elif [[ -n $offers ]]; then
		COMPREPLY=($(compgen -W "$offers" -- "$cur"))
	fi
}

_tollgate_program() {
	if declare -F _command_offset >/dev/null; then
		_command_offset "$1"
	elif ((COMP_CWORD == $1)); then
		COMPREPLY=($(compgen -c -- "$cur"))
	else
		COMPREPLY=($(compgen -f -- "$cur"))
	fi
}

complete -F _tollgate tollgate
`;

function offering(offer: Offer): string {
	switch (offer.kind) {
		case 'words': {
			return `offers='${offer.words.join(' ')}'`;
		}

		case 'live': {
			return `offers=$(_tollgate_live ${offer.of})`;
		}

		case 'folders': {
			return 'folders=yes';
		}
	}
}
