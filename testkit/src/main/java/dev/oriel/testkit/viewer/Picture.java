package dev.oriel.testkit.viewer;

import dev.onvoid.webrtc.media.video.I420Buffer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A decoded picture, remembered as its size and the mean brightness of 16 × 16 cells. Two pictures of a clock that
 * ticks differ by much in some cell; coding noise differs by little in all of them.
 *
 * @param width pixels
 * @param height pixels
 * @param cells brightness of the cells, row by row, each 0 to 255
 */
public record Picture(int width, int height, List<Integer> cells) {

    private static final int GRID = 16;
    private static final int STEP = 4;

    public Picture {
        cells = List.copyOf(cells);
    }

    /** The largest difference of any cell's brightness, 0 to 255; 255 for pictures of different size. */
    public int distance(Picture other) {
        if (width != other.width || height != other.height) {
            return 255;
        }
        int largest = 0;
        for (int i = 0; i < cells.size(); i++) {
            largest = Math.max(largest, Math.abs(cells.get(i) - other.cells.get(i)));
        }
        return largest;
    }

    /** The difference between the brightest and the darkest cell: 0 for a blank picture. */
    public int contrast() {
        return cells.stream().mapToInt(Integer::intValue).max().orElse(0)
                - cells.stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** The brightness along the upper edge, 0 to 255, where a camera may have a mark. */
    public int brightnessOfTop() {
        return (int)
                cells.stream().limit(GRID).mapToInt(Integer::intValue).average().orElse(0);
    }

    static Picture of(I420Buffer frame) {
        int width = frame.getWidth();
        int height = frame.getHeight();
        ByteBuffer luma = frame.getDataY();
        int stride = frame.getStrideY();
        long[] sums = new long[GRID * GRID];
        int[] counts = new int[GRID * GRID];
        for (int y = 0; y < height; y += STEP) {
            int row = y * GRID / height * GRID;
            for (int x = 0; x < width; x += STEP) {
                int cell = row + x * GRID / width;
                sums[cell] += luma.get(y * stride + x) & 0xff;
                counts[cell]++;
            }
        }
        Integer[] cells = new Integer[GRID * GRID];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = counts[i] == 0 ? 0 : (int) (sums[i] / counts[i]);
        }
        return new Picture(width, height, List.of(cells));
    }
}
