import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hasSignedThinking} from '../../source/wire/signed-thinking.js';
import {anyTree, type Tree} from './json-texts.js';

const signed = {type: 'thinking', thinking: 'Hm.', signature: 'EqQB'};
const redacted = {type: 'redacted_thinking', data: 'EmwK'};
const text = {type: 'text', text: 'Hello'};

function saying(...content: readonly unknown[]): string {
	return JSON.stringify({
		model: 'claude-opus-4-6',
		messages: [
			{role: 'user', content: 'Hello'},
			{role: 'assistant', content},
		],
	});
}

function isSigned(body: string): boolean {
	return hasSignedThinking(Buffer.from(body));
}

describe('signed thinking is', () => {
	test.each([
		['a thinking block with a signature', saying(signed, text)],
		['redacted thinking with its data', saying(text, redacted)],
		[
			'behind one that is not signed',
			saying({...signed, signature: ''}, signed),
		],
		[
			'whatever the order of its keys',
			saying({signature: 'x', thinking: '', type: 'thinking'}),
		],
		[
			'with white space everywhere',
			'{ "messages" :\r\n[ { "content" : [\t{ "signature" : "x" , "type" : "thinking" } ] } ] }',
		],
		[
			'in messages before others of that name',
			`{"messages":[{"content":[${JSON.stringify(signed)}]}],"messages":[]}`,
		],
		[
			'as gateways that speak OpenAI hand it on',
			JSON.stringify({
				messages: [{role: 'assistant', thinking_blocks: [signed]}],
			}),
		],
	])('%s', (_, body) => {
		expect(isSigned(body)).toBe(true);
	});
});

describe('signed thinking is not', () => {
	test.each([
		['thinking without a signature', saying({type: 'thinking', thinking: 'x'})],
		['an empty signature', saying({...signed, signature: ''})],
		['a signature that is no text', saying({...signed, signature: null})],
		['redacted thinking without data', saying({type: 'redacted_thinking'})],
		['data of a thinking block', saying({type: 'thinking', data: 'x'})],
		['the signature of something else', saying({type: 'text', signature: 'x'})],
		[
			'a text that shows one',
			saying({type: 'text', text: JSON.stringify(signed)}),
		],
		[
			'a message that is one text',
			JSON.stringify({messages: [{content: JSON.stringify([signed])}]}),
		],
		[
			'the input or the result of a tool',
			saying(
				{type: 'tool_use', input: signed},
				{type: 'tool_result', content: [{type: 'text', text: '"signature"'}]},
			),
		],
		[
			'outside of the messages',
			JSON.stringify({messages: [], system: [signed]}),
		],
		['in messages that are no list', JSON.stringify({messages: signed})],
		['in a body that is not whole', saying(signed).slice(0, -1)],
		['in a body without the words', saying(text)],
	])('%s', (_, body) => {
		expect(isSigned(body)).toBe(false);
	});
});

test('it is found at the end of two megabytes, and not found in them', () => {
	const noise = Array.from({length: 400}, (_, index) => ({
		...text,
		text: `${index} "signature":"x", {"type":"thinking"} `.repeat(125),
	}));
	expect(isSigned(saying(...noise))).toBe(false);
	expect(isSigned(saying(...noise, signed))).toBe(true);
});

const blocks: fc.Arbitrary<Tree> = fc.record({
	members: fc.uniqueArray(
		fc.tuple(
			fc.constantFrom('type', 'signature', 'data', 'thinking'),
			fc.oneof(
				fc.constantFrom('thinking', 'redacted_thinking', 'text', ''),
				anyTree,
			),
		),
		{selector: ([key]) => key, maxLength: 4},
	),
});
/**
Blocks that are signed, or would be but for one thing: chance alone makes few of them.
*/
const nearlySigned: fc.Arbitrary<Tree> = fc
	.tuple(
		fc.constantFrom('thinking', 'thinking', 'text'),
		fc.constantFrom('EqQB', 'EqQB', ''),
		fc.boolean(),
	)
	.map(([type, signature, isTypeFirst]) => {
		const members: ReadonlyArray<readonly [string, string]> = [
			['type', type],
			['signature', signature],
		];
		return {members: isTypeFirst ? members : members.toReversed()};
	});
const messages: fc.Arbitrary<Tree> = fc.array(
	fc.oneof(
		{
			weight: 4,
			arbitrary: fc
				.array(
					fc.oneof({weight: 4, arbitrary: blocks}, nearlySigned, anyTree),
					{
						maxLength: 3,
					},
				)
				.map((content) => ({members: [['content', content] as const]})),
		},
		anyTree,
	),
	{maxLength: 3},
);

test('any messages are judged as they are when parsed', () => {
	let found = 0;
	fc.assert(
		fc.property(messages, (tree) => {
			const body = `{"messages": ${spelled(tree)}}`;
			const expected = reference(
				(JSON.parse(body) as {messages: unknown}).messages,
			);
			found += expected ? 1 : 0;
			expect(isSigned(body)).toBe(expected);
		}),
		{numRuns: 1000},
	);
	expect(found).toBeGreaterThan(30);
});

function spelled(tree: Tree): string {
	if (typeof tree !== 'object' || tree === null) {
		return JSON.stringify(tree);
	}

	return 'members' in tree
		? `{${tree.members.map(([key, value]) => `${JSON.stringify(key)}: ${spelled(value)}`).join(' ,')}}`
		: `[${tree.map((value) => spelled(value)).join(',\n')}]`;
}

type Fields = Readonly<Record<string, unknown>>;

function reference(list: unknown): boolean {
	return listOf(list).some((message) =>
		[message['content'], message['thinking_blocks']].some((content) =>
			listOf(content).some(
				({type, signature, data}) =>
					(type === 'thinking' && isText(signature)) ||
					(type === 'redacted_thinking' && isText(data)),
			),
		),
	);
}

function listOf(value: unknown): readonly Fields[] {
	return Array.isArray(value)
		? value.filter(
				(one): one is Fields =>
					typeof one === 'object' && one !== null && !Array.isArray(one),
			)
		: [];
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
