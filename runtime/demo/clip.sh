#!/usr/bin/env bash
# Makes the clip that the demo camera loops: clip.h264 (Annex B) and clip.alaw (raw G.711 A-law, 8 kHz, one channel).
# It is run by hand when the clip should change; the results are committed. Needs ffmpeg with libx264 and the DejaVu fonts.
#
# 24 s at 25 frames/s, an IDR picture with its parameter sets every 4 s, one slice a picture, no B pictures. Constrained
# Baseline, because it is the one profile that every WebRTC browser must play (RFC 7742 section 6.2). Everything that moves has a
# period that divides 24 s, so the loop has no seam but the clock. A light flashes and a beep sounds at each full second.
set -euo pipefail
cd "$(dirname "$0")/src/main/resources/dev/oriel/demo"
seconds=24
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf

sun='lt(hypot(X-320-230*sin(2*PI*T/12),Y-130+50*cos(2*PI*T/12)),26)'
far='gt(Y,232+18*sin(2*PI*(X/320+T/24))+8*sin(2*PI*(X/128-T/12)))'
near='gt(Y,286+22*sin(2*PI*(X/640-T/8))+6*sin(2*PI*(X/160-T/4)))'
flash='between(X,24,48)*between(Y,24,48)*lt(mod(T,1),0.08)'
scene="geq=r='if($flash,255,if($near,18,if($far,34,if($sun,250,24+Y*0.62))))'"
scene+=":g='if($flash,255,if($near,52,if($far,84,if($sun,214,58+Y*0.36))))'"
scene+=":b='if($flash,255,if($near,48,if($far,92,if($sun,120,112+Y*0.12))))'"
clock="drawtext=fontfile=$font:fontcolor=white:fontsize=52:x=(w-text_w)/2:y=278:box=1:boxcolor=black@0.45:boxborderw=12"
clock+=":text='%{pts\:hms}'"
number="drawtext=fontfile=$font:fontcolor=white@0.85:fontsize=20:x=w-text_w-24:y=26:text='Oriel demo  %{frame_num}'"

ffmpeg -hide_banner -loglevel error -y \
    -f lavfi -i "color=s=640x360:r=25:d=$seconds,format=gbrp,$scene,$clock,$number,format=yuv420p" \
    -c:v libx264 -preset veryslow -profile:v baseline -bf 0 -refs 2 -g 100 -keyint_min 100 -sc_threshold 0 \
    -crf 19 -maxrate 400k -bufsize 800k -threads 1 \
    -x264-params "slices=1:repeat-headers=1:aud=0" -bsf:v 'filter_units=remove_types=6' -f h264 clip.h264
ffmpeg -hide_banner -loglevel error -y \
    -f lavfi -i "aevalsrc=0.03*sin(2*PI*220*t)*(1+0.5*sin(2*PI*t/4))+0.16*sin(2*PI*880*t)*lt(mod(t\,1)\,0.08):s=8000:d=$seconds" \
    -c:a pcm_alaw -f alaw clip.alaw
ls -l clip.h264 clip.alaw
