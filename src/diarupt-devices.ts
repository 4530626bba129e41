/** The menu of devices, for a page that has the single file. */
import './devices.js';
