import {Buffer} from 'node:buffer';
import {isString, isWord, type Range} from './json-range.js';
import {scanInside, type FoundValue, type Scan} from './json-scan.js';

/**
Bytes to stand in the place of others. Where `start` equals `end` they are put in between.
*/
export type Edit = Readonly<{start: number; end: number; bytes: Buffer}>;

/**
The body with the edits made, all other bytes as they were. Edits come in any order and do not
overlap; what is put in at one place stays in the order given. Without edits the answer is the body itself.
`take` gives the memory that the new body is laid into, at least so many bytes of it.
*/
export function splice(
	body: Buffer,
	edits: readonly Edit[],
	take: (bytes: number) => Buffer = (bytes) => Buffer.allocUnsafe(bytes),
): Buffer {
	if (edits.length === 0) {
		return body;
	}

	let {length} = body;
	for (const {start, end, bytes} of edits) {
		length += bytes.length - (end - start);
	}

	const spliced = take(length).subarray(0, length);
	let from = 0;
	let to = 0;
	for (const {start, end, bytes} of edits.toSorted(inOrder)) {
		to += body.copy(spliced, to, from, start);
		to += bytes.copy(spliced, to);
		from = end;
	}

	body.copy(spliced, to, from);
	return spliced;
}

/**
What makes the body ask for this model: every top-level `model` that is a string, also where the key
is given more than once, since readers differ in which of them they take.
*/
export function modelEdits(
	body: Buffer,
	scan: Scan,
	model: string,
): readonly Edit[] {
	const bytes = Buffer.from(JSON.stringify(model));
	return scan.values
		.filter((value) => value.key === 'model' && isString(body, value))
		.map(({start, end}) => ({start, end, bytes}));
}

export function withModel(body: Buffer, scan: Scan, model: string): Buffer {
	return splice(body, modelEdits(body, scan, model));
}

/**
Whether an OpenAI chat request asks for the usage of its stream. Of keys given twice the last counts,
as it does for `JSON.parse`.
*/
export function includesUsage(body: Buffer, scan: Scan): boolean {
	const options = optionsOf(scan).at(-1);
	const inner = options && scanInside(body, options, [usageKey]);
	const value = inner?.values.at(-1);
	return value !== undefined && isWord(body, value, 'true');
}

/**
What makes an OpenAI chat request ask for the usage of its stream. Undefined where nothing is to be
done: it asks already, or its `stream_options` are something that only the endpoint can answer for.
*/
export function usageEdits(
	body: Buffer,
	scan: Scan,
): readonly Edit[] | undefined {
	if (includesUsage(body, scan)) {
		return undefined;
	}

	const options = optionsOf(scan);
	if (options.length === 0) {
		return [insertFirst(scan, '"stream_options":{"include_usage":true}')];
	}

	const edits = options.map((value) => optionsEdits(body, value));
	return edits.at(-1) && edits.flatMap((edit) => edit ?? []);
}

export function withIncludeUsage(body: Buffer, scan: Scan): Buffer | undefined {
	const edits = usageEdits(body, scan);
	return edits && splice(body, edits);
}

const usageKey = 'include_usage';

function optionsOf(scan: Scan): readonly FoundValue[] {
	return scan.values.filter(({key}) => key === 'stream_options');
}

function optionsEdits(
	body: Buffer,
	options: FoundValue,
): readonly Edit[] | undefined {
	if (isWord(body, options, 'null')) {
		return [replace(options, '{"include_usage":true}')];
	}

	const inner = scanInside(body, options, [usageKey]);
	return inner?.values.length === 0
		? [insertFirst(inner, '"include_usage":true')]
		: inner?.values.map((value) => replace(value, 'true'));
}

function replace({start, end}: Range, text: string): Edit {
	return {start, end, bytes: Buffer.from(text)};
}

function insertFirst({open, empty}: Scan, member: string): Edit {
	const bytes = Buffer.from(empty ? member : `${member},`);
	return {start: open, end: open, bytes};
}

/**
What is put in before a value goes before what takes its place.
*/
function inOrder(one: Edit, other: Edit): number {
	return one.start - other.start || one.end - other.end;
}
