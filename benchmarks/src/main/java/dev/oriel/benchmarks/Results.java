package dev.oriel.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** All that was measured in one run, as it goes into results.json. One thread's. */
final class Results {

    /** What it was measured on and with. */
    final List<String> conditions = new ArrayList<>();

    /** Servers that were not there, and why. */
    final List<String> missing = new ArrayList<>();

    final List<Step> scale = new ArrayList<>();
    final List<Step> cameras = new ArrayList<>();
    final List<Capacity> capacity = new ArrayList<>();
    final List<FirstPicture> firstPicture = new ArrayList<>();
    final List<LiveHeap> heap = new ArrayList<>();
}
