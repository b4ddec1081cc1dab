import {Buffer} from 'node:buffer';
import fc from 'fast-check';

/**
A JSON object as a text. Its top-level members stand between `head` and `tail`; `before` is all that
leads to a value: comma, key, colon, white space.
*/
export type JsonText = Readonly<{
	head: string;
	members: ReadonlyArray<
		Readonly<{key: string; before: string; value: string}>
	>;
	tail: string;
}>;

export function textOf({head, members, tail}: JsonText): string {
	const inside = members.map(({before, value}) => before + value);
	return [head, ...inside, tail].join('');
}

/**
The text as bytes that begin at any address, between brackets and quotes of somebody else.
*/
export function bytesAt(text: string, shift: number): Buffer {
	const behind = '"}}';
	const whole = Buffer.from('"'.repeat(shift) + text + behind);
	return whole.subarray(shift, whole.length - behind.length);
}

/**
A plain value, and objects as lists of members: a key may be there twice.
*/
export type Tree =
	| string
	| number
	| boolean
	| null
	| readonly Tree[]
	| Readonly<{members: ReadonlyArray<readonly [string, Tree]>}>;

const anyString = fc.oneof(
	fc.constantFrom(
		'',
		'model',
		'"model":"x"',
		'{"model":"decoy"}',
		'}]{[',
		'a/b\n\t\0',
		'\\',
		String.raw`\"`,
		String.raw`\\"}`,
		'é€😀',
		'\u{D800}',
		'\u{DC00}x\u{D83D}',
		'\u{2028}',
	),
	fc.string({unit: 'binary', maxLength: 12}),
	fc.string({unit: fc.constantFrom('"', '\\', 'a', 'é'), maxLength: 400}),
);

const anyKey = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			'model',
			'stream',
			'stream_options',
			'include_usage',
			'messages',
			'Model',
			'mode',
			'models',
			'',
			'__proto__',
		),
	},
	{
		weight: 1,
		// The JSON.parse of V8 13.6 takes a key for another that it saw in an object of the same shape where
		// that other has a backslash ("\\u0061" for "\\\\"), so it can't be the judge of such keys.
		arbitrary: anyString.filter((key) => !key.includes('\\')),
	},
);

export const anyTree = fc.letrec<{tree: Tree}>((tie) => ({
	tree: fc.oneof(
		{depthSize: 'small', withCrossShrink: true},
		anyString,
		fc.constantFrom(true, false, null, 0, -0.5, 1e300, 12),
		fc.array(tie('tree'), {maxLength: 4}),
		fc.record({
			members: fc.array(fc.tuple(anyKey, tie('tree')), {maxLength: 4}),
		}),
	),
})).tree;

/**
Objects with known and unknown keys, given once or more, spelled in every way JSON allows: white space
where it may stand, characters escaped that need not be.
*/
export const jsonTexts: fc.Arbitrary<JsonText> = jsonTextsOf(
	fc.tuple(anyKey, anyTree),
);

/**
The same, of members that may also be others: a key and its value.
*/
export function jsonTextsWith(
	others: fc.Arbitrary<readonly [string, Tree]>,
): fc.Arbitrary<JsonText> {
	return jsonTextsOf(
		fc.oneof({weight: 2, arbitrary: fc.tuple(anyKey, anyTree)}, others),
	);
}

function jsonTextsOf(
	member: fc.Arbitrary<readonly [string, Tree]>,
): fc.Arbitrary<JsonText> {
	return fc
		.record({
			members: fc.array(member, {maxLength: 8}),
			dice: fc.array(fc.nat({max: 255}), {minLength: 1, maxLength: 40}),
		})
		.map(({members, dice}) => spell(members, dice));
}

function spell(
	members: ReadonlyArray<readonly [string, Tree]>,
	dice: readonly number[],
): JsonText {
	const pen = createPen(dice);
	return {
		head: `${pen.space()}{`,
		members: members.map(([key, tree], index) => ({
			key,
			before: `${index === 0 ? '' : ','}${pen.key(key)}`,
			value: pen.tree(tree),
		})),
		tail: `${pen.space()}}`,
	};
}

const spaces = ['', '', '', ' ', '\n', '\t', '\r\n', '  \n\t '];

/**
Writes JSON; the dice decide how.
*/
function createPen(dice: readonly number[]) {
	let thrown = 0;
	const roll = (sides: number) => dice[thrown++ % dice.length]! % sides;
	const space = () => spaces[roll(spaces.length)]!;
	const character = (plain: string) =>
		roll(8) === 0 ? escaped(plain) : JSON.stringify(plain).slice(1, -1);
	const string = (value: string) =>
		`"${Array.from(value, (plain) => character(plain)).join('')}"`;
	const key = (name: string) =>
		space() + string(name) + space() + ':' + space();

	const tree = (value: Tree): string => {
		if (typeof value === 'string') {
			return string(value);
		}

		if (typeof value !== 'object' || value === null) {
			return JSON.stringify(value);
		}

		return 'members' in value
			? `{${value.members.map(([name, inner]) => key(name) + tree(inner) + space()).join(',') || space()}}`
			: `[${value.map((inner) => space() + tree(inner) + space()).join(',') || space()}]`;
	};

	return {space, key, tree};
}

/**
Each UTF-16 unit of a character as `\uXXXX`.
*/
function escaped(character: string): string {
	return character
		.split('')
		.map((unit) => unit.codePointAt(0)!.toString(16).padStart(4, '0'))
		.map((hex) => String.raw`\u${hex}`)
		.join('');
}
