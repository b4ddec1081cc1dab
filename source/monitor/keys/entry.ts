import type {KeyName} from '../../config/monitor-keys.js';
import type {Model} from '../model.js';

/**
One key: the footer, the help and the input all read the table of these.
*/
export type KeyEntry = Readonly<{
	name: KeyName;
	/**
	How the help names it; empty for one that another is shown with.
	*/
	shown: string;
	/**
	What it does, in the help.
	*/
	says: string;
	/**
	What it does, in the footer; undefined while it need not be told of.
	*/
	hint?: (model: Model) => string | undefined;
	/**
	Why it cannot act now.
	*/
	missing?: (model: Model) => string | undefined;
	means: (model: Model, press: string) => Model;
	/**
	Changes what the passthrough does: not there in a monitor that only looks.
	*/
	steers?: true;
	/**
	Only refuses in a monitor that only looks: not in its help.
	*/
	refusesReadOnly?: true;
	/**
	May come several times in one read: held down, or over a slow line.
	*/
	repeats?: true;
	/**
	The terminal's own business: done by the one that owns it.
	*/
	effect?: 'redraw' | 'suspend';
}>;
