import {Recent} from './recent.js';

const mostModels = 200;

/**
So many answers of a model tell how long its next one may become.
*/
export const mostOutputs = 200;

/**
Remembers how long the last answers of each model were, in output tokens. A model is looked up in the log
once, when it is first asked for; after that its answers are noted as they end.
*/
export class LearnedOutputs {
	readonly #outputs = new Recent<readonly number[]>(mostModels);

	/**
	Whether the model has been seeded.
	*/
	has(model: string): boolean {
		return this.#outputs.get(model) !== undefined;
	}

	/**
	The last outputs of a model, the oldest first; none where it has not been seeded.
	*/
	of(model: string): readonly number[] {
		return this.#outputs.get(model) ?? [];
	}

	/**
	Takes what the log knows of a model, the newest first, also where that is nothing.
	*/
	seed(model: string, newestFirst: readonly number[]): void {
		this.#outputs.set(model, newestFirst.slice(0, mostOutputs).toReversed());
	}

	/**
	Notes an answer. That of a model that was not seeded is left to the log, which will know it by then.
	*/
	note(model: string, outputTokens: number): void {
		const outputs = this.#outputs.get(model);
		if (outputs !== undefined) {
			this.#outputs.set(model, [...outputs, outputTokens].slice(-mostOutputs));
		}
	}
}
