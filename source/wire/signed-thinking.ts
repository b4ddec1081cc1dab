import type {Buffer} from 'node:buffer';
import {someElement} from './json-list.js';
import {decodedString, isString, type Range} from './json-range.js';
import {scanInside, scanTopLevel} from './json-scan.js';

/**
Where messages have blocks: `content` in Anthropic's own shape, `thinking_blocks` in the OpenAI shape of
gateways that hand them on.
*/
const blockKeys = ['content', 'thinking_blocks'];

/**
What makes a block of this type one that only its vendor can read (`resources/messages/messages.d.ts`
of the Anthropic SDK).
*/
const seals = new Map<string | undefined, string>([
	['thinking', 'signature'],
	['redacted_thinking', 'data'],
]);

/**
Whether the messages of a request carry thinking that its vendor has signed or sealed: another vendor
refuses it. False for a body that is no JSON object. Looks closer only where one of the words stands at
all, spelled as every client spells it.
*/
export function hasSignedThinking(body: Buffer): boolean {
	if (!mayBeSigned(body)) {
		return false;
	}

	const messages = scanTopLevel(body, ['messages'])?.values ?? [];
	return messages.some((list) =>
		someElement(body, list, (message) => carriesSigned(body, message)),
	);
}

function mayBeSigned(text: Buffer): boolean {
	return text.includes('signature"') || text.includes('redacted_thinking"');
}

function carriesSigned(body: Buffer, message: Range): boolean {
	if (!mayBeSigned(body.subarray(message.start, message.end))) {
		return false;
	}

	const lists = scanInside(body, message, blockKeys)?.values ?? [];
	return lists.some((list) =>
		someElement(body, list, (block) => isSigned(body, block)),
	);
}

function isSigned(body: Buffer, block: Range): boolean {
	const found =
		scanInside(body, block, ['type', ...seals.values()])?.values ?? [];
	const type = found.findLast(({key}) => key === 'type');
	const seal = seals.get(type && decodedString(body, type));
	return found.some(
		(value) =>
			value.key === seal &&
			isString(body, value) &&
			value.end - value.start > 2,
	);
}
