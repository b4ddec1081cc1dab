/**
A pause that can be cut short.
*/
export type Bell = Readonly<{
	/**
	Ends the pause there is now, if there is one.
	*/
	ring(): void;
	pause(ms: number): Promise<void>;
}>;

// Not a race of promises: one that lives for days would keep a note of every pause it was raced with.
export function createBell(): Bell {
	let end: (() => void) | undefined;

	return {
		ring() {
			end?.();
		},
		async pause(ms) {
			return new Promise((resolve) => {
				const timer = setTimeout(() => {
					end?.();
				}, ms);
				end = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		},
	};
}
