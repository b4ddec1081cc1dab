import type {Model} from './model.js';

export const overlayNames = [
	'none',
	'help',
	'detail',
	'picker',
	'day',
	'sessions',
	'errors',
] as const;
/**
What lies over the list.
*/
export type OverlayName = (typeof overlayNames)[number];

/**
Opens what lies over the list, from its beginning.
*/
export const opened = (model: Model, overlay: OverlayName): Model => ({
	...model,
	overlay,
	overlayAt: 0,
});

export const closed = (model: Model): Model => opened(model, 'none');

/**
Opens it, or closes it where it is open.
*/
export const toggled = (model: Model, overlay: OverlayName): Model =>
	model.overlay === overlay ? closed(model) : opened(model, overlay);
