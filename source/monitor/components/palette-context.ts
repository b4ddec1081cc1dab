import {createContext} from 'react';
import {paletteFor, type Palette} from '../theme.js';

/**
The look of each tone, the same for everything on the screen.
*/
export const PaletteContext = createContext<Palette>(paletteFor({}));
