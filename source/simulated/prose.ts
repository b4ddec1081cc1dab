import type {Random} from './random.js';

const openers = [
	'The',
	'This',
	'Each',
	'Our',
	'One',
	'Every',
	'That',
	'Another',
	'Your',
	'Now the',
];
const adjectives = [
	'stale',
	'pending',
	'narrow',
	'cached',
	'second',
	'quiet',
	'shared',
	'open',
	'lazy',
	'typed',
	'retried',
	'nested',
	'earlier',
	'naïve',
	'empty',
	'partial',
];
const nouns = [
	'parser',
	'queue',
	'timeout',
	'handler',
	'migration',
	'fixture',
	'socket',
	'index',
	'reducer',
	'lockfile',
	'branch',
	'cursor',
	'test',
	'schema',
	'callback',
	'buffer',
	'façade',
	'cache',
];
const verbs = [
	'drops',
	'keeps',
	'awaits',
	'returns',
	'skips',
	'reads',
	'blocks',
	'closes',
	'repeats',
	'hides',
	'renames',
	'guards',
	'flushes',
	'loses',
	'copies',
];
const links = [
	'before',
	'because',
	'while',
	'so',
	'unless',
	'after',
	'where',
	'until',
	'and',
];
const endings = [
	'.',
	'.',
	'.',
	'.',
	':',
	' ✓',
	'.\n\n',
	' → fixed.',
	'. 👍',
	'!',
];

/**
`count` tokens of invented talk about code: each a word with the space before it.
*/
export function prose(random: Random, count: number): readonly string[] {
	const words: string[] = [];
	while (words.length < count) {
		words.push(...sentence(random, words.length === 0));
	}

	return words.slice(0, count);
}

export function paragraph(random: Random, count: number): string {
	return prose(random, count).join('');
}

function sentence(random: Random, first: boolean): readonly string[] {
	const clause = () => [
		random.pick(adjectives),
		random.pick(nouns),
		random.pick(verbs),
		'the',
		random.pick(nouns),
	];
	const more = random.chance(0.4)
		? [random.pick(links), 'the', ...clause()]
		: [];
	const words = [random.pick(openers), ...clause(), ...more];
	const last = words.pop()! + random.pick(endings);
	return [...words, last].map((word, index) =>
		first && index === 0 ? word : ` ${word}`,
	);
}
