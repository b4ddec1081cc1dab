/**
What was sent last of each kind, to send it only when it changes.
*/
export class LastSent {
	readonly #texts = new Map<string, string>();

	/**
	Sends a value that is not the same as the last one.
	*/
	changed(kind: string, value: unknown, send: () => void): void {
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
