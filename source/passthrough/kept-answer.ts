import {Buffer} from 'node:buffer';
import type {AnswerFacts} from '../wire/wire-format.js';

/**
An answer to our own usage option is kept back up to here.
*/
const largestBytes = 64 * 1024;

/**
Head and body of a 400, kept back until it is known whether our own option was its cause.
*/
export class KeptAnswer {
	readonly statusText: string;
	readonly rawHeaders: readonly Buffer[];
	readonly chunks: Buffer[] = [];
	#bytes = 0;

	constructor(statusText: string, rawHeaders: readonly Buffer[]) {
		this.statusText = statusText;
		this.rawHeaders = rawHeaders;
	}

	/**
	Answers whether it is too long to be kept any further.
	*/
	add(chunk: Buffer): boolean {
		this.chunks.push(chunk);
		this.#bytes += chunk.length;
		return this.#bytes > largestBytes;
	}

	/**
	In its own words, or in those that were read from a compressed copy.
	*/
	namesUsageOption({error}: AnswerFacts): boolean {
		return [
			Buffer.concat(this.chunks).toString('latin1'),
			error?.message ?? '',
		].some((words) => /stream_options|include_usage/v.test(words));
	}
}
