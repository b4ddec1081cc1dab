/**
What was sent last of each kind, to send it only when it changes.
*/
export class LastSent {
	readonly #values = new Map<string, unknown>();
	readonly #texts = new Map<string, string>();

	/**
	Sends a value that is not the same as the last one.
	*/
	changed(kind: string, value: unknown, send: () => void): void {
		if (this.#texts.has(kind) && this.#values.get(kind) === value) {
			return;
		}

		this.#values.set(kind, value);
		const text = JSON.stringify(value) ?? '';
		if (this.#texts.get(kind) === text) {
			return;
		}

		this.#texts.set(kind, text);
		send();
	}

	forget(kind: string): void {
		this.#texts.delete(kind);
	}
}
