import {Buffer} from 'node:buffer';
import type {WireFormatName} from '../exchange/usage.js';
import {elementsOf, isEmptyList, isList} from './json-list.js';
import {decodedString, isString, isWord, type Range} from './json-range.js';
import {scanInside, type Scan} from './json-scan.js';
import type {Edit} from './splice.js';

/**
Where each format keeps its system text.
*/
const places = {
	'anthropic-messages': {key: 'system', edit: promptEdit},
	'openai-chat': {key: 'messages', edit: messageEdit},
	'openai-responses': {key: 'instructions', edit: textEdit},
} as const satisfies Record<
	WireFormatName,
	Readonly<{
		key: string;
		edit: (body: Buffer, value: Range, text: string) => Edit | undefined;
	}>
>;

/**
The top-level keys that the scan for `systemEdits` has to look for.
*/
export function systemKeys(format: WireFormatName): readonly string[] {
	return [places[format].key];
}

/**
What puts `text` behind all system texts of a request, as the last of them. The same text gives the
same bytes in the same place, so that what the endpoint has cached of the prompt stays good.

Anthropic Messages (and `count_tokens`): a string is continued after a blank line, a list gets one more
text block, never one with `cache_control`. OpenAI Responses: `instructions` is continued. Both are set
where they are null or missing. OpenAI chat: a system message behind the system and developer messages
that lead `messages`.

Values of any other type are the endpoint's to answer for, and stay. Where the key is given more than
once, each is changed, since readers differ in which of them they take. `scan` must have looked for
`systemKeys`. An empty text changes nothing.
*/
export function systemEdits(
	body: Buffer,
	scan: Scan,
	format: WireFormatName,
	text: string,
): readonly Edit[] {
	if (text === '') {
		return [];
	}

	const {key, edit} = places[format];
	const values = scan.values.filter((value) => value.key === key);
	return values.length === 0
		? missingEdits(scan, key, text)
		: values.flatMap((value) => edit(body, value, text) ?? []);
}

function missingEdits(
	{open, empty}: Scan,
	key: string,
	text: string,
): readonly Edit[] {
	// A chat without messages is no chat.
	return key === 'messages'
		? []
		: [insert(open, `"${key}":${JSON.stringify(text)}${empty ? '' : ','}`)];
}

function promptEdit(
	body: Buffer,
	value: Range,
	text: string,
): Edit | undefined {
	if (!isList(body, value)) {
		return textEdit(body, value, text);
	}

	const block = JSON.stringify({type: 'text', text});
	return insert(value.end - 1, isEmptyList(body, value) ? block : `,${block}`);
}

function textEdit(body: Buffer, value: Range, text: string): Edit | undefined {
	if (isString(body, value)) {
		const isEmpty = value.end - value.start === 2;
		const more = JSON.stringify(isEmpty ? text : `\n\n${text}`);
		return insert(value.end - 1, more.slice(1, -1));
	}

	return isWord(body, value, 'null')
		? {...value, bytes: Buffer.from(JSON.stringify(text))}
		: undefined;
}

function messageEdit(
	body: Buffer,
	messages: Range,
	text: string,
): Edit | undefined {
	if (!isList(body, messages)) {
		return undefined;
	}

	const message = JSON.stringify({role: 'system', content: text});
	const leadingEnd = endOfLeading(body, messages);
	if (leadingEnd !== undefined) {
		return insert(leadingEnd, `,${message}`);
	}

	return insert(
		messages.start + 1,
		isEmptyList(body, messages) ? message : `${message},`,
	);
}

/**
The offset behind the last of the system and developer messages at the beginning, if there are any.
*/
function endOfLeading(body: Buffer, messages: Range): number | undefined {
	let end: number | undefined;
	for (const message of elementsOf(body, messages)) {
		if (!leads(body, message)) {
			break;
		}

		end = message.end;
	}

	return end;
}

function leads(body: Buffer, message: Range): boolean {
	const role = scanInside(body, message, ['role'])?.values.at(-1);
	const name = role && decodedString(body, role);
	return name === 'system' || name === 'developer';
}

function insert(at: number, text: string): Edit {
	return {start: at, end: at, bytes: Buffer.from(text)};
}
