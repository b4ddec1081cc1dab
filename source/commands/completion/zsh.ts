import {
	everywhere,
	named,
	valueFlags,
	type Entry,
	type FlagEntry,
} from './entries.js';
import {cases, programCases, valueCases, wordCases} from './cases.js';
import type {Offer} from './offered.js';

/**
Works as a file \`_tollgate\` in the function path, and evaluated in \`.zshrc\`.
*/
export const zshScript = (entries: readonly Entry[]): string =>
	`#compdef tollgate
# Completions of tollgate for zsh, made by: tollgate completion zsh

_tollgate_live() {
	local -a where found
	[[ -n $home ]] && where=(--home $home)
	found=(\${(f)"$(tollgate completion $where --values $1 2>/dev/null)"})
	compadd -a found
}

_tollgate() {
	local name='' before='' pending='' home='' word
	local -a offers
	integer i at=-1
	for ((i = 2; i < CURRENT; i++)); do
		word=\${(Q)words[i]}
		if [[ -n $pending ]]; then
			[[ $pending == --home ]] && home=\${word/#\\~\\//$HOME/}
			pending=''
			continue
		fi

		case $word in
			--)
				case $name in
${programCases(entries, 'shift i words; ((CURRENT -= i)); _normal')}
				esac
				return
				;;
			--home=*) home=\${\${word#--home=}/#\\~\\//$HOME/} ;;
			${valueFlags(entries).join(' | ')}) pending=$word ;;
			-*) ;;
			*)
				[[ -z $name ]] && name=$word
				before=$word
				((at += 1))
				;;
		esac
	done

	if [[ -z $pending && $words[CURRENT] == --*=* ]]; then
		pending=\${words[CURRENT]%%=*}
		compset -P '*='
	fi

	if [[ -n $pending ]]; then
		case "$name $pending" in
${valueCases(entries, offering)}
		esac
	elif [[ $words[CURRENT] == -* ]]; then
		case $name in
${cases(
	entries.map(({name, flags}) => [
		`'${name}'`,
		`offers=(${described([...flags, ...everywhere])})`,
	]),
)}
		esac
		_describe -o option offers
	elif [[ -z $name ]]; then
		offers=(${named(entries)
			.map(({name, says}) => quoted(`${name}:${says}`))
			.join(' ')})
		_describe command offers
	else
		case "$name $at $before" in
${wordCases(entries, offering)}
		esac
	fi
}

if [[ $funcstack[1] == _tollgate ]]; then
	_tollgate "$@"
else
	(($+functions[compdef])) || { autoload -Uz compinit && compinit; }
	compdef _tollgate tollgate
fi
`;

const described = (flags: readonly FlagEntry[]): string =>
	flags.map(({flag, says}) => quoted(`${flag}:${says}`)).join(' ');

function offering(offer: Offer): string {
	switch (offer.kind) {
		case 'words': {
			return `compadd ${offer.words.join(' ')}`;
		}

		case 'live': {
			return `_tollgate_live ${offer.of}`;
		}

		case 'folders': {
			return '_files -/';
		}
	}
}

const quoted = (text: string): string =>
	`'${text.replaceAll("'", String.raw`'\''`)}'`;
