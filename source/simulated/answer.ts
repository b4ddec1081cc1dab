import type {Asked, Tool} from './asked.js';
import {prose} from './prose.js';
import type {Random} from './random.js';
import {sampleOf} from './sample.js';

/**
A bit of an answer as it leaves the model.
*/
export type Delta = Readonly<{text: string; tokens: number}>;
export type Block =
	| Readonly<{kind: 'thinking'; signature: string; deltas: readonly Delta[]}>
	| Readonly<{kind: 'text'; deltas: readonly Delta[]}>
	| Readonly<{
			kind: 'tool';
			id: string;
			name: string;
			deltas: readonly Delta[];
	  }>;
export type Answer = Readonly<{
	blocks: readonly Block[];
	end: 'done' | 'tools' | 'length' | 'refused';
	/**
	All that is billed as output, thinking included.
	*/
	output: number;
	thinking: number;
}>;

/**
What a request may ask of its answer beyond its body. `tokens` are those of the text, and no thinking.
*/
export type AnswerWishes = Readonly<{
	tokens?: number;
	tools?: number;
	refused?: boolean;
}>;

/**
Invents the answer to a request. The same chance gives the same answer.
*/
export function composeAnswer(
	asked: Asked,
	random: Random,
	wishes: AnswerWishes = {},
): Answer {
	const calls = callsFor(asked, random, wishes);
	const blocks = [
		...(wishes.tokens === undefined ? thinkingFor(asked, random) : []),
		...textFor(asked, random, calls > 0, wishes),
		...Array.from({length: calls}, () =>
			call(random.pick(asked.tools), random),
		),
	];
	const fitting = fitWithin(blocks, asked.limit ?? Infinity);
	return {
		blocks: fitting.blocks,
		end: endOf({cut: fitting.cut, refused: wishes.refused ?? false, calls}),
		output: fitting.tokens,
		thinking: tokensOf(fitting.blocks.filter(({kind}) => kind === 'thinking')),
	};
}

export function textOf({deltas}: Block): string {
	return deltas.map((delta) => delta.text).join('');
}

function endOf({
	cut,
	refused,
	calls,
}: {
	cut: boolean;
	refused: boolean;
	calls: number;
}): Answer['end'] {
	if (refused) {
		return 'refused';
	}

	if (cut) {
		return 'length';
	}

	return calls > 0 ? 'tools' : 'done';
}

function callsFor(asked: Asked, random: Random, wishes: AnswerWishes): number {
	// Drawn always, so that one answer's chances do not shift with its tools.
	const wanted = random.next();
	if (asked.tools.length === 0 || asked.toolChoice === 'none') {
		return 0;
	}

	if (wishes.tools !== undefined) {
		return wishes.tools;
	}

	const most = asked.toolChoice === 'must' ? 1 : 0.55;
	if (wanted >= most) {
		return 0;
	}

	return wanted < 0.12 ? 2 : 1;
}

function thinkingFor(asked: Asked, random: Random): readonly Block[] {
	if (!asked.thinks || random.chance(0.25)) {
		return [];
	}

	const deltas = inDeltas(prose(random, skewed(random, 15, 260)), random);
	return [{kind: 'thinking', signature: random.letters(96), deltas}];
}

function textFor(
	asked: Asked,
	random: Random,
	callsTools: boolean,
	wishes: AnswerWishes,
): readonly Block[] {
	if (asked.schema !== undefined) {
		const json = JSON.stringify(sampleOf(asked.schema, random));
		return [{kind: 'text', deltas: jsonDeltas(json)}];
	}

	if (callsTools && wishes.tokens === undefined && random.chance(0.3)) {
		return [];
	}

	const length =
		wishes.tokens ??
		(callsTools ? skewed(random, 6, 90) : skewed(random, 25, 620));
	return [{kind: 'text', deltas: inDeltas(prose(random, length), random)}];
}

function call(tool: Tool, random: Random): Block {
	return {
		kind: 'tool',
		id: random.letters(20),
		name: tool.name,
		deltas: jsonDeltas(JSON.stringify(sampleOf(tool.schema, random))),
	};
}

/**
Mostly small, now and then large.
*/
function skewed(random: Random, min: number, max: number): number {
	return min + Math.floor((max - min) * random.next() ** 2.5);
}

function inDeltas(words: readonly string[], random: Random): readonly Delta[] {
	const deltas: Delta[] = [];
	for (let at = 0; at < words.length;) {
		const some = words.slice(at, at + random.between(1, 4));
		deltas.push({text: some.join(''), tokens: some.length});
		at += some.length;
	}

	return deltas;
}

function jsonDeltas(json: string): readonly Delta[] {
	// By code points: half a surrogate pair is no text.
	return (json.match(/.{1,14}/gsu) ?? []).map((text) => ({
		text,
		tokens: Math.ceil(text.length / 4),
	}));
}

function tokensOf(blocks: readonly Block[]): number {
	let tokens = 0;
	for (const {deltas} of blocks) {
		for (const delta of deltas) {
			tokens += delta.tokens;
		}
	}

	return tokens;
}

/**
Ends the answer at its limit. A call whose input is cut short is left out.
*/
function fitWithin(
	blocks: readonly Block[],
	limit: number,
): {blocks: readonly Block[]; tokens: number; cut: boolean} {
	const tokens = tokensOf(blocks);
	if (tokens <= limit) {
		return {blocks, tokens, cut: false};
	}

	let used = 0;
	const fits = (delta: Delta) => {
		used += delta.tokens;
		return used <= limit;
	};

	const fitting = blocks
		.map((block) => ({
			block,
			deltas: block.deltas.filter((delta) => fits(delta)),
		}))
		.filter(({block, deltas}) =>
			block.kind === 'tool'
				? deltas.length === block.deltas.length
				: deltas.length > 0,
		)
		.map(({block, deltas}) => ({...block, deltas}));
	// The model stopped because it had used up its limit, whatever of it can be shown.
	return {blocks: fitting, tokens: limit, cut: true};
}
