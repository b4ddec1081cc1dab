import {
	everywhere,
	named,
	valueFlags,
	type Entry,
	type FlagEntry,
} from './entries.js';
import type {Offer} from './offered.js';

export const fishScript = (entries: readonly Entry[]): string =>
	`# Completions of tollgate for fish, made by: tollgate completion fish

# The words before the cursor that are neither flags nor values of flags.
function __tollgate_words
	set -l pending
	set -l tokens (commandline -opc)
	for word in $tokens[2..-1]
		if set -q pending[1]
			set -e pending
			continue
		end
		switch $word
			case --
				return
			case ${valueFlags(entries).join(' ')}
				set pending $word
			case '-*'
			case '*'
				echo -- $word
		end
	end
end

function __tollgate_in -a name
	set -l words (__tollgate_words)
	not contains -- -- (commandline -opc); and test "$words[1]" = "$name"
end

function __tollgate_at -a name at after
	set -l words (__tollgate_words)
	__tollgate_in $name
	and test (count $words) -eq (math $at + 1)
	and test -z "$after" -o "$words[-1]" = "$after"
end

function __tollgate_live -a of
	set -l home
	set -l tokens (commandline -opc)
	for i in (seq 2 (count $tokens))
		switch $tokens[$i]
			case --home
				set home --home $tokens[(math $i + 1)]
			case '--home=*'
				set home --home (string replace -- '--home=' '' $tokens[$i])
		end
	end
	set home (string replace -r -- '^~/' "$HOME/" $home)
	tollgate completion $home --values $of 2>/dev/null
end

# What follows "--" is a command line of its own.
function __tollgate_program
	set -l tokens (commandline -opc)
	set -l at (contains -i -- -- $tokens); or return
	set -l words (__tollgate_words)
	contains -- "$words[1]" ${named(entries)
		.filter(({runsAnother}) => runsAnother)
		.map(({name}) => name)
		.join(' ')}
	or return
	set -l rest (string escape -- $tokens[(math $at + 1)..-1]) (commandline -ct)
	complete -C "$rest"
end

complete -c tollgate -f
complete -c tollgate -a '(__tollgate_program)'
${everywhere.map((flag) => flagLine(flag)).join('\n')}
${named(entries)
	.map(
		({name, says}) =>
			`complete -c tollgate -n '__tollgate_in ""' -a ${name} -d ${quoted(says)}`,
	)
	.join('\n')}
${entries
	.flatMap(({name, flags, words}) => [
		...flags.map((flag) => flagLine(flag, `__tollgate_in "${name}"`)),
		...words.map(
			({at, after, offer}) =>
				`complete -c tollgate -n '__tollgate_at ${[name, at, after].filter((word) => word !== undefined).join(' ')}' -a ${values(offer)}`,
		),
	])
	.join('\n')}
`;

const flagLine = (
	{flag, says, takesValue, offer}: FlagEntry,
	when?: string,
): string =>
	[
		'complete -c tollgate',
		when !== undefined && `-n '${when}'`,
		`-l ${flag.slice(2)}`,
		takesValue && '-x',
		offer && `-a ${values(offer)}`,
		says !== '' && `-d ${quoted(says)}`,
	]
		.filter((part) => typeof part === 'string')
		.join(' ');

function values(offer: Offer): string {
	switch (offer.kind) {
		case 'words': {
			return `'${offer.words.join(' ')}'`;
		}

		case 'live': {
			return `'(__tollgate_live ${offer.of})'`;
		}

		case 'folders': {
			return "'(__fish_complete_directories)'";
		}
	}
}

const quoted = (text: string): string =>
	`'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
