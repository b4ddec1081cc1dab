import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	wireFormatNames,
	type WireFormatName,
} from '../../source/exchange/usage.js';
import {scanTopLevel} from '../../source/wire/json-scan.js';
import {modelEdits, splice, usageEdits} from '../../source/wire/splice.js';
import {systemEdits, systemKeys} from '../../source/wire/system-edits.js';
import {
	anyTree,
	bytesAt,
	jsonTextsWith,
	textOf,
	type Tree,
} from './json-texts.js';

function told(format: WireFormatName, body: string, text = 'Be brief.') {
	const bytes = Buffer.from(body);
	const scan = scanTopLevel(bytes, systemKeys(format))!;
	return splice(bytes, systemEdits(bytes, scan, format, text)).toString();
}

describe('the system text of Anthropic Messages', () => {
	test.each([
		[
			'a string',
			'{"a":1, "system" : "You are." ,"b":2}',
			String.raw`{"a":1, "system" : "You are.\n\nBe brief." ,"b":2}`,
		],
		['an empty string', '{"system":""}', '{"system":"Be brief."}'],
		[
			'a string that ends in escapes',
			String.raw`{"system":"a\\\""}`,
			String.raw`{"system":"a\\\"\n\nBe brief."}`,
		],
		[
			'a list',
			'{"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}}],"b":2}',
			'{"system":[{"type":"text","text":"x","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Be brief."}],"b":2}',
		],
		[
			'an empty list',
			'{"system":[ \r\n]}',
			'{"system":[ \r\n{"type":"text","text":"Be brief."}]}',
		],
		[
			'a list on lines of its own',
			'{\r\n\t"system": [\r\n\t\t{}\r\n\t]\r\n}',
			'{\r\n\t"system": [\r\n\t\t{}\r\n\t,{"type":"text","text":"Be brief."}]\r\n}',
		],
		['null', '{"system": null }', '{"system": "Be brief." }'],
		['absent', ' { "a":1}', ' {"system":"Be brief.", "a":1}'],
		['in an empty body', '{ }', '{"system":"Be brief." }'],
		[
			'given twice',
			'{"system":"x","system":[]}',
			String.raw`{"system":"x\n\nBe brief.","system":[{"type":"text","text":"Be brief."}]}`,
		],
		[
			'under an escaped key',
			String.raw`{"s\u0079stem":"x"}`,
			String.raw`{"s\u0079stem":"x\n\nBe brief."}`,
		],
		[
			'beside others of its name',
			'{"messages":[{"role":"system","system":"no"}],"metadata":{"system":[]}}',
			'{"system":"Be brief.","messages":[{"role":"system","system":"no"}],"metadata":{"system":[]}}',
		],
		['of no known type', '{"system":{"text":"x"}}', '{"system":{"text":"x"}}'],
	])('%s', (_, body, expected) => {
		expect(told('anthropic-messages', body)).toBe(expected);
	});

	test('is escaped where JSON needs it', () => {
		expect(
			told('anthropic-messages', '{"system":"é"}', '"a\\\n\u{D800}é'),
		).toBe(String.raw`{"system":"é\n\n\"a\\\n\ud800é"}`);
	});
});

describe('the system message of OpenAI chat', () => {
	const mine = '{"role":"system","content":"Be brief."}';

	test.each([
		[
			'behind the last that leads',
			'{"messages":[ {"role":"system"} , {"content":"[","role" : "developer"} , {"role":"user"},{"role":"system"}]}',
			`{"messages":[ {"role":"system"} , {"content":"[","role" : "developer"},${mine} , {"role":"user"},{"role":"system"}]}`,
		],
		[
			'behind the only message',
			'{"messages":[{"role":"system","content":"x"}]}',
			`{"messages":[{"role":"system","content":"x"},${mine}]}`,
		],
		[
			'in front where none leads',
			'{"messages":[ {"role":"user"},{"role":"system"}]}',
			`{"messages":[${mine}, {"role":"user"},{"role":"system"}]}`,
		],
		[
			'in front of what is no message',
			'{"messages":["system",{"role":"system"}]}',
			`{"messages":[${mine},"system",{"role":"system"}]}`,
		],
		['alone', '{"messages":[ ]}', `{"messages":[${mine} ]}`],
		[
			'by the last of two roles',
			'{"messages":[{"role":"user","role":"system"},{"role":"system","role":"user"}]}',
			`{"messages":[{"role":"user","role":"system"},${mine},{"role":"system","role":"user"}]}`,
		],
		[
			'by a role that is escaped',
			String.raw`{"messages":[{"r\u006fle":"\u0073ystem"},{}]}`,
			String.raw`{"messages":[{"r\u006fle":"\u0073ystem"},${mine},{}]}`,
		],
		[
			'not by the role of something inside',
			'{"messages":[{"content":[{"role":"system"}]}]}',
			`{"messages":[${mine},{"content":[{"role":"system"}]}]}`,
		],
		['not where no messages are', '{"model":"x"}', '{"model":"x"}'],
		['not in what is no list', '{"messages":null}', '{"messages":null}'],
	])('stands %s', (_, body, expected) => {
		expect(told('openai-chat', body)).toBe(expected);
	});
});

describe('the instructions of OpenAI Responses', () => {
	test.each([
		[
			'a string',
			'{"instructions":"x","input":"y"}',
			String.raw`{"instructions":"x\n\nBe brief.","input":"y"}`,
		],
		['null', '{"instructions":null}', '{"instructions":"Be brief."}'],
		['absent', '{"input":"y"}', '{"instructions":"Be brief.","input":"y"}'],
		['no text', '{"instructions":[]}', '{"instructions":[]}'],
	])('%s', (_, body, expected) => {
		expect(told('openai-responses', body)).toBe(expected);
	});
});

test.each(wireFormatNames)('an empty text changes nothing in %s', (format) => {
	const body = '{"messages":[],"system":"x"}';
	expect(told(format, body, '')).toBe(body);
});

const roles = fc.constantFrom('system', 'developer', 'user', 'assistant', '');
const message: fc.Arbitrary<Tree> = fc.record({
	members: fc.array(
		fc.oneof(
			{weight: 3, arbitrary: fc.tuple(fc.constant('role'), roles)},
			fc.tuple(fc.constantFrom('content', 'role', 'name'), anyTree),
		),
		{maxLength: 3},
	),
});
const systemValue: fc.Arbitrary<Tree> = fc.oneof(
	anyTree,
	fc.constantFrom('', 'You are.', null),
	fc.array(fc.oneof({weight: 4, arbitrary: message}, anyTree), {maxLength: 5}),
);
const bodies = jsonTextsWith(
	fc.tuple(fc.constantFrom('system', 'messages', 'instructions'), systemValue),
);
type Parsed = Record<string, unknown>;

describe('in any body', () => {
	test.each(wireFormatNames)(
		'the text is added in %s, beside other edits, and nothing else changes',
		(format) => {
			fc.assert(
				fc.property(
					bodies,
					fc.string({minLength: 1, unit: 'binary'}),
					fc.nat({max: 3}),
					(json, text, shift) => {
						const body = bytesAt(textOf(json), shift);
						const keys = [...systemKeys(format), 'model', 'stream_options'];
						const scan = scanTopLevel(body, keys)!;
						const own = systemEdits(body, scan, format, text);
						for (const {start, end} of own) {
							expect(body.toString('utf8', start, end)).toMatch(/^(?:null)?$/);
						}

						const others = modelEdits(body, scan, 'new');
						const usage =
							format === 'openai-chat' ? usageEdits(body, scan) : undefined;
						const spliced = splice(body, [...(usage ?? []), ...own, ...others]);

						// The reference: the other changes alone, parsed, with the text put in.
						const without = splice(body, [...(usage ?? []), ...others]);
						expect(JSON.stringify(parsed(spliced))).toBe(
							JSON.stringify(withText(parsed(without), format, text)),
						);
					},
				),
				{numRuns: 1500},
			);
		},
	);
});

test.each([
	['anthropic-messages', '{"system":[{"type":"text","text":"x"}],"messages":['],
	['openai-chat', '{"messages":[{"role":"developer","content":"x"},'],
	['openai-responses', '{"instructions":"x","input":['],
] as const)(
	'what %s has cached stays good while the conversation grows',
	(format, head) => {
		const turn = '{"role":"user","content":"Why?"}';
		const shorter = told(format, `${head}${turn}]}`);
		const longer = told(format, `${head}${turn},${turn}]}`);
		expect(shorter).toContain('Be brief.');
		expect(longer.startsWith(shorter.slice(0, -2))).toBe(true);
	},
);

function parsed(body: Buffer): Parsed {
	return JSON.parse(body.toString()) as Parsed;
}

function withText(body: Parsed, format: WireFormatName, text: string): Parsed {
	switch (format) {
		case 'anthropic-messages': {
			const {system} = body;
			return Array.isArray(system)
				? {...body, system: [...(system as unknown[]), {type: 'text', text}]}
				: withString(body, 'system', text);
		}

		case 'openai-chat': {
			const {messages} = body;
			return Array.isArray(messages)
				? {...body, messages: withMessage(messages, text)}
				: body;
		}

		case 'openai-responses': {
			return withString(body, 'instructions', text);
		}
	}
}

function withString(body: Parsed, key: string, text: string): Parsed {
	const old = body[key];
	if (!Object.hasOwn(body, key)) {
		return {[key]: text, ...body};
	}

	if (typeof old === 'string') {
		return {...body, [key]: old === '' ? text : `${old}\n\n${text}`};
	}

	return old === null ? {...body, [key]: text} : body;
}

function withMessage(messages: readonly unknown[], text: string): unknown[] {
	const first = messages.findIndex((one) => {
		const role =
			typeof one === 'object' && one !== null && !Array.isArray(one)
				? (one as Parsed)['role']
				: undefined;
		return role !== 'system' && role !== 'developer';
	});
	const at = first === -1 ? messages.length : first;
	return messages.toSpliced(at, 0, {role: 'system', content: text});
}
