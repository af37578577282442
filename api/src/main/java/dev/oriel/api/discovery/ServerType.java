package dev.oriel.api.discovery;

/** The kinds of streaming server that can be told apart. */
public enum ServerType {
    RTSP_TO_WEB("RTSPtoWeb"),
    RTSP_TO_WEBRTC("RTSPtoWebRTC"),
    GO2RTC("go2rtc"),
    MEDIAMTX("MediaMTX"),
    WHEP("WHEP"),
    ORIEL("Oriel");

    private final String title;

    ServerType(String title) {
        this.title = title;
    }

    /** The name its makers give it. */
    public String title() {
        return title;
    }
}
