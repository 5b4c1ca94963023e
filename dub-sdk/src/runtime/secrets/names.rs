//! The names of characters in HTML.

/// The character references that HTML has for ASCII characters. The character follows each of them.
pub(super) const NAMES: &str = "&Tab;\t&NewLine;\n&nbsp; &excl;!&quot;\"&QUOT;\"&num;#&dollar;$\
    &percnt;%&amp;&&AMP;&&apos;'&lpar;(&rpar;)&ast;*&midast;*&plus;+&comma;,&hyphen;-&dash;-\
    &minus;-&period;.&sol;/&colon;:&semi;;&lt;<&LT;<&equals;=&gt;>&GT;>&quest;?&commat;@&lsqb;[\
    &lbrack;[&bsol;\\&rsqb;]&rbrack;]&Hat;^&circ;^&lowbar;_&UnderBar;_&grave;`\
    &DiacriticalGrave;`&lcub;{&lbrace;{&verbar;|&vert;|&VerticalLine;|&rcub;}&rbrace;}&tilde;~";
