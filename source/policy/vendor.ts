import {vendorOf} from '../exchange/vendor.js';

/**
Whether a request may go on to another model. Thinking is signed by the vendor of the model that thought;
another one's model refuses it, or loses it.
*/
export const mayFallBack = ({
	from,
	to,
	hasSignedThinking,
	allowSigned,
}: Readonly<{
	from: string;
	to: string;
	hasSignedThinking: boolean;
	/**
	The alias says so.
	*/
	allowSigned: boolean;
}>): boolean =>
	!hasSignedThinking || allowSigned || vendorOf(from) === vendorOf(to);
