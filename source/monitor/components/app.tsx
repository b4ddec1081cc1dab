import {useFrame} from '../hooks/use-frame.js';
import {useKeys, type TerminalEffects} from '../hooks/use-keys.js';
import {useSize} from '../hooks/use-size.js';
import type {Store} from '../store.js';
import type {Palette} from '../theme.js';
import {PaletteContext} from './palette-context.js';
import {Screen} from './screen.js';

export type AppProperties = Readonly<{
	store: Store;
	palette: Palette;
	effects: TerminalEffects;
}>;

/**
The monitor: draws the model, and turns keys and sizes into messages.
*/
export function App({store, palette, effects}: AppProperties) {
	const frame = useFrame(store);
	useSize(store);
	useKeys(store, effects);
	return (
		<PaletteContext value={palette}>
			<Screen frame={frame} />
		</PaletteContext>
	);
}
