import type {Model} from './model.js';

const overlayNames = [
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
	overlayBelow: undefined,
});

/**
Opens it over what is open: that is there again when it is closed.
*/
export const openedOver = (model: Model, overlay: OverlayName): Model => ({
	...opened(model, overlay),
	overlayBelow: {name: model.overlay, at: model.overlayAt},
});

export const closed = (model: Model): Model => {
	const {name = 'none', at = 0} = model.overlayBelow ?? {};
	return {...opened(model, name), overlayAt: at};
};

/**
Opens it, or closes it where it is open.
*/
export const toggled = (model: Model, overlay: OverlayName): Model =>
	model.overlay === overlay ? closed(model) : opened(model, overlay);
