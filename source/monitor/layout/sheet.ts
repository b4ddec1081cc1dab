import type {Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import type {Glyphs} from '../theme.js';

/**
What a part of the screen is drawn from, and the room that it has.
*/
export type Sheet = Readonly<{
	model: Model;
	/**
	All of them, in the usual order.
	*/
	entries: readonly Entry[];
	/**
	Those that the list shows, in its order.
	*/
	shown: readonly Entry[];
	width: number;
	height: number;
	glyphs: Glyphs;
}>;
