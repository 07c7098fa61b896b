// The script for the website's pages: makerwagenBoard.BoardPanel.
export { BoardPanel } from "./board.js";
