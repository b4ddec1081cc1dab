import {useApp, useInput, usePaste, useStdin} from 'ink';
import {keyFor} from '../keys.js';
import type {KeyEntry} from '../keys/entry.js';
import {pastedPresses, pressesOf} from '../press-name.js';
import type {Store} from '../store.js';

/**
What only the owner of the terminal can do.
*/
export type TerminalEffects = Readonly<{
	redraw(): void;
	/**
	Runs while the terminal is the shell's.
	*/
	suspended(): Promise<void>;
}>;

/**
Turns what is typed into messages.
*/
export function useKeys(store: Store, effects: TerminalEffects): void {
	const {isRawModeSupported: isActive} = useStdin();
	const {suspendTerminal} = useApp();
	const act = (effect: KeyEntry['effect']) => {
		if (effect === 'redraw') {
			effects.redraw();
		} else if (effect === 'suspend') {
			void suspendTerminal(effects.suspended);
		}
	};

	useInput(
		(input, key) => {
			for (const press of pressesOf(input, key, store.model())) {
				store.send({kind: 'pressed', key: press});
				act(keyFor(store.model(), press)?.effect);
			}
		},
		{isActive},
	);
	usePaste(
		(text) => {
			for (const press of pastedPresses(text, store.model())) {
				store.send({kind: 'pressed', key: press});
			}
		},
		{isActive},
	);
}
