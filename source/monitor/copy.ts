import {Buffer} from 'node:buffer';
import {jsonOf} from '../exchange/json-of.js';
import {errorMarked} from './errors.js';
import type {Model} from './model.js';
import {idsListed} from './moving.js';
import type {Store} from './store.js';
import {remarked} from './switching.js';

/**
Terminals drop what is longer, or all of it.
*/
const mostBytes = 100_000;

/**
What was last meant for the clipboard.
*/
export type Copied = Readonly<{exchange: number; text: string}>;

/**
The request that a key means: the one of the marked error, the selected one, or the first of the list.
*/
const exchangeMeant = (model: Model): number | undefined =>
	model.overlay === 'errors'
		? errorMarked(model)?.exchange
		: (model.selected ?? idsListed(model)[0]);

export function whyNotCopied(model: Model): string | undefined {
	if (model.capAskedAtMs !== undefined) {
		return 'Answer the question first.';
	}

	const id = exchangeMeant(model);
	return id === undefined || !model.exchanges.has(id)
		? 'Nothing to copy here.'
		: undefined;
}

/**
The request as `tollgate log export` prints it, for the clipboard.
*/
export function copied(model: Model): Model {
	const exchange = exchangeMeant(model)!;
	const text = jsonOf(model.exchanges.get(exchange)!);
	return Buffer.byteLength(text) > mostBytes
		? remarked(model, `Request ${exchange} is too large to copy.`)
		: {
				...remarked(
					model,
					`copied request ${exchange}, if this terminal allows it`,
				),
				copied: {exchange, text},
			};
}

/**
Hands to the terminal what is copied (OSC 52), until the returned function is called. Nobody can say whether
it takes it.
*/
export function copyOut(
	store: Store,
	stdout: Pick<NodeJS.WriteStream, 'write'>,
): () => void {
	let last = store.model().copied;
	return store.subscribe(() => {
		const now = store.model().copied;
		if (now !== undefined && now !== last) {
			stdout.write(clipboardSequence(now.text));
		}

		last = now;
	});
}

export const clipboardSequence = (text: string): string =>
	`\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`;
